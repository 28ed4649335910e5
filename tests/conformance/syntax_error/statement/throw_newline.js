throw
new Error('a');
