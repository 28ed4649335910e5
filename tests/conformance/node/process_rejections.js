// Rejections are told to their own event first, and else as exceptions.
process.once('unhandledRejection', (reason, promise) => {
  console.log('rejection', reason.message, promise instanceof Promise);
});
process.on('rejectionHandled', (promise) => console.log('handled', promise === first));
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.name, origin));
process.on('uncaughtException', (error, origin) => console.log('exception', error.message, origin));
const first = Promise.reject(new Error('one'));
setTimeout(() => {
  first.catch(() => {});
  Promise.reject(2);
}, 1);
setTimeout(() => { throw new Error('three'); }, 5);
process.on('exit', (code) => console.log('exit', code));
