//! QuickJS-ng's compiler: from text to bytecode, nothing run.

use std::ffi::CString;
use std::io;
use std::time::{Duration, Instant};

use axil_benches::Program;
use rquickjs::{Context, Runtime, qjs};

use crate::contender::Contender;

/// A stack that the recursive parser of QuickJS is content with, in bytes.
const STACK: usize = 4 << 20;

/// QuickJS-ng with its runtime.
pub struct QuickJs(Runtime);

impl QuickJs {
    /// A fresh runtime.
    pub fn new() -> io::Result<Self> {
        let runtime = Runtime::new().map_err(io::Error::other)?;
        runtime.set_max_stack_size(STACK);
        Ok(Self(runtime))
    }
}

impl Contender for QuickJs {
    fn name(&self) -> String {
        "QuickJS-ng".to_owned()
    }

    fn measure(&mut self, program: &Program) -> io::Result<Duration> {
        let context = Context::full(&self.0).map_err(io::Error::other)?;
        let text = CString::new(program.text.as_str()).map_err(io::Error::other)?;
        let name = CString::new(program.name.as_str()).map_err(io::Error::other)?;
        let flags = qjs::JS_EVAL_TYPE_GLOBAL | qjs::JS_EVAL_FLAG_COMPILE_ONLY;
        context.with(|context| {
            let raw = context.as_raw().as_ptr();
            let begin = Instant::now();
            // SAFETY: The context lives and is locked for the length of this
            // closure. The text is followed by a NUL, as JS_Eval demands, and
            // its length leaves that out. The value that comes back is ours,
            // and is freed once, in the context it came from.
            let failed = unsafe {
                let length = text.as_bytes().len() as _;
                let value =
                    qjs::JS_Eval(raw, text.as_ptr(), length, name.as_ptr(), flags.cast_signed());
                let failed = qjs::JS_IsException(value);
                qjs::JS_FreeValue(raw, value);
                failed
            };
            let time = begin.elapsed();
            if failed {
                let text = format!("QuickJS-ng on {}: {:?}", program.name, context.catch());
                return Err(io::Error::other(text));
            }
            Ok(time)
        })
    }
}
