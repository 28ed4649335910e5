'use strict';

// Express's own first server. Where it is installed is the third argument.

const express = require(require('path').join(process.argv[4], 'express'));

const app = express();
app.get('/', (req, res) => {
  res.send('Hello World!');
});
app.listen(+process.argv[2], '127.0.0.1', () => console.log('listening'));
