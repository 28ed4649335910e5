const {MessageChannel,receiveMessageOnPort,BroadcastChannel}=require('worker_threads');
const {port1,port2}=new MessageChannel();
port2.on('message',m=>{console.log('msg',m); if(m==='end') port2.close()});
port2.on('close',()=>console.log('p2 close')); port1.on('close',()=>console.log('p1 close'));
port1.postMessage({a:1}); port1.postMessage('x'); process.nextTick(()=>console.log('tick')); setImmediate(()=>console.log('imm')); Promise.resolve().then(()=>console.log('micro'));
port1.postMessage('end');
const c=new MessageChannel(); c.port1.postMessage('q'); c.port1.postMessage('r'); console.log(receiveMessageOnPort(c.port2),receiveMessageOnPort(c.port2),receiveMessageOnPort(c.port2)); 
c.port2.onmessage=e=>{console.log('ev',e.data,e.constructor.name,e.target===c.port2,e.type,e.ports.length);c.port1.close()}; c.port1.postMessage('zz');
const d=new MessageChannel(), e=new MessageChannel(); d.port2.on('message',m=>{console.log('got port',m.p.constructor.name); m.p.on('message',x=>{console.log('via',x);m.p.close();d.port1.close()})}); d.port1.postMessage({p:e.port2},[e.port2]); e.port1.postMessage('through');
for(const f of [()=>port1.postMessage(),()=>port1.postMessage(1,5),()=>port1.postMessage(()=>{}),()=>new MessagePort(),()=>receiveMessageOnPort(5),()=>port1.postMessage(1,[port1]),()=>port1.postMessage(1,{transfer:5})]) try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}
const b1=new BroadcastChannel('n'), b2=new BroadcastChannel('n'); b2.onmessage=e=>{console.log('bc',e.data);b1.close();b2.close()}; b1.postMessage({z:1});
const t=new MessageChannel(); t.port1.on('message',()=>{}); t.port1.unref();
console.log(port1.hasRef(), port2.hasRef());
