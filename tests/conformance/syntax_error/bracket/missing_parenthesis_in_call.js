const answer = Math.max(1, 2;
console.log(answer);
