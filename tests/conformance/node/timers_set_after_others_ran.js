'use strict';

// What a timer's jobs set is not forgotten over a longer timer that waits.

const long = setTimeout(() => console.log('too late'), 10_000);
setTimeout(() => {
  Promise.resolve().then(() => {
    setTimeout(() => {
      console.log('in time');
      clearTimeout(long);
    }, 1);
  });
}, 5);
