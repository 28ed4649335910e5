//! Calls: of functions, methods, constructors and superclasses, and tagged templates
//! (ECMA-262 §13.3).

use axil_grammar::ast::{
    Argument, CallExpression, Expression, ImportCall, MemberExpression, MemberObject,
    NewExpression, Spanned, SuperCall, TaggedTemplate, TemplateElement,
};

use super::property::Reference;
use super::{Compiled, Compiler};
use crate::bytecode::{Instruction, Register};
use crate::heap::Gc;
use crate::object::Elements;
use crate::value::Value;

/// How many arguments fit into an instruction, and into the registers of a frame with
/// much else in it.
const MOST_ARGUMENTS: usize = 1 << 12;

/// What a call's instruction takes.
enum Arguments {
    /// So many, in the registers of the frame.
    Count(u32),
    /// The elements of an array.
    Array(Register),
}

impl<'a> Compiler<'_, 'a> {
    pub(super) fn call(&mut self, call: &CallExpression<'a>, dst: Register) -> Compiled {
        if let Expression::Identifier(identifier) = call.callee.without_parentheses()
            && identifier.name.as_str() == "eval"
            && !call.optional
        {
            return self.direct_eval(call, identifier, dst);
        }
        let frame = self.frame();
        self.callee(call.callee, frame)?;
        self.chain_link(call.optional, frame);
        let place = self.place_of_call(call);
        let arguments = self.arguments(call.arguments, place)?;
        self.position_at(place);
        self.named(&call.callee);
        self.emit_call(frame, &arguments, dst);
        Ok(())
    }

    /// Evaluates what is called, and what it is called on, into a call's frame.
    fn callee(&mut self, callee: Expression<'a>, frame: Register) -> Compiled {
        let this = Register(frame.0 + 3);
        match callee {
            Expression::Member(member) => self.method(member, frame),
            // `(a?.b)()` and `a?.b()` both have a receiver.
            Expression::Parenthesized(inner)
                if matches!(inner.expression, Expression::Member(_) | Expression::Chain(_)) =>
            {
                self.callee(inner.expression, frame)
            }
            Expression::Chain(chain) if matches!(chain.expression, Expression::Member(_)) => {
                let (nullish, end) = (self.label(), self.label());
                self.state().chains.push(nullish);
                self.callee(chain.expression, frame)?;
                self.state().chains.pop();
                self.jump(end);
                self.bind(nullish);
                self.emit(Instruction::LoadUndefined { dst: frame });
                self.emit(Instruction::LoadUndefined { dst: this });
                self.bind(end);
                Ok(())
            }
            Expression::Identifier(identifier) if self.may_be_property_of_with(identifier) => {
                self.load_dynamic_callee(identifier, frame, this)
            }
            _ => {
                self.value_into(callee, frame)?;
                self.emit(Instruction::LoadUndefined { dst: this });
                Ok(())
            }
        }
    }

    /// Messages about what the next instruction is about name it like this node.
    pub(super) fn named(&mut self, node: &impl Spanned) {
        let span = node.span();
        self.state().code.text(span.start, span.end);
    }

    fn emit_call(&mut self, frame: Register, arguments: &Arguments, dst: Register) {
        self.emit(match *arguments {
            Arguments::Count(arguments) => Instruction::Call { frame, arguments, dst },
            Arguments::Array(array) => Instruction::CallWithArray { frame, array, dst },
        });
    }

    fn emit_construct(&mut self, frame: Register, arguments: &Arguments, dst: Register) {
        self.emit(match *arguments {
            Arguments::Count(arguments) => Instruction::Construct { frame, arguments, dst },
            Arguments::Array(array) => Instruction::ConstructWithArray { frame, array, dst },
        });
    }

    /// Evaluates a property to be called and its object, into the frame of the call.
    fn method(&mut self, member: &MemberExpression<'a>, frame: Register) -> Compiled {
        let this = Register(frame.0 + 3);
        self.scratch(|compiler| {
            if let MemberObject::Super(_) = member.object {
                let object = compiler.super_reference(member)?;
                let key = Register(object.0 + 2);
                compiler.position_of_property(member);
                compiler.emit(Instruction::GetSuper { dst: frame, object, key });
                compiler.load_this(this);
                return Ok(());
            }
            let reference = compiler.reference(member, None)?;
            compiler.position_of_property(member);
            match reference {
                Reference::Named { object, key } => match compiler.state().code.cache(key) {
                    Some(cache) => {
                        compiler.emit(Instruction::GetMethod { frame, object, cache });
                    }
                    None => {
                        compiler.load_reference(reference, frame);
                        compiler.emit(Instruction::Move { dst: this, src: object });
                    }
                },
                Reference::Element { object, .. } | Reference::Private { object, .. } => {
                    compiler.load_reference(reference, frame);
                    compiler.emit(Instruction::Move { dst: this, src: object });
                }
                Reference::Super { .. } => unreachable!("looked for before"),
            }
            Ok(())
        })
    }

    /// Evaluates arguments into the registers that come next, or into an array.
    fn arguments(&mut self, arguments: &'a [Argument<'a>], place: u32) -> Compiled<Arguments> {
        let is_spread = |argument: &Argument<'a>| matches!(argument, Argument::Spread(_));
        if arguments.iter().any(is_spread) || arguments.len() > MOST_ARGUMENTS {
            return self.array_of_arguments(arguments, place).map(Arguments::Array);
        }
        for argument in arguments {
            if let Argument::Expression(argument) = argument {
                let register = self.temporary();
                self.value_into(*argument, register)?;
            }
        }
        Ok(Arguments::Count(arguments.len() as u32))
    }

    /// Evaluates arguments into an array, for a call that stands at `place`.
    pub(super) fn array_of_arguments(
        &mut self,
        arguments: &'a [Argument<'a>],
        place: u32,
    ) -> Compiled<Register> {
        let array = self.temporary();
        let capacity = arguments.len() as u32;
        self.emit(Instruction::NewArray { dst: array, capacity });
        for argument in arguments {
            self.scratch(|this| match argument {
                Argument::Expression(argument) => {
                    let src = this.value(*argument)?;
                    this.emit(Instruction::AppendElement { array, src });
                    Ok(())
                }
                Argument::Spread(spread) => {
                    let src = this.value(spread.argument)?;
                    this.position_at(place);
                    this.named(&spread.argument);
                    this.emit(Instruction::AppendIterable { array, src, to_call: 1 });
                    Ok(())
                }
            })?;
        }
        Ok(array)
    }

    /// Takes the registers of a call's frame, up to `this`.
    pub(super) fn frame(&mut self) -> Register {
        self.temporaries(4)
    }

    pub(super) fn new_expression(&mut self, new: &NewExpression<'a>, dst: Register) -> Compiled {
        let frame = self.frame();
        self.value_into(new.callee, frame)?;
        let arguments = self.arguments(new.arguments, new.span.start)?;
        if let Arguments::Array(_) = arguments {
            self.emit(Instruction::Move { dst: Register(frame.0 + 3), src: frame });
        }
        self.position(new);
        self.named(&new.callee);
        self.emit(match arguments {
            Arguments::Count(arguments) => Instruction::New { frame, arguments, dst },
            Arguments::Array(array) => Instruction::ConstructWithArray { frame, array, dst },
        });
        Ok(())
    }

    /// `super(…)` (§13.3.7.1)
    pub(super) fn super_call(&mut self, call: &SuperCall<'a>, dst: Register) -> Compiled {
        let frame = self.frame();
        self.load_callee(frame);
        self.emit(Instruction::LoadSuperConstructor { dst: frame, function: frame });
        let arguments = self.arguments(call.arguments, call.span.start)?;
        self.load_new_target(Register(frame.0 + 3));
        self.position(call);
        self.emit_construct(frame, &arguments, dst);
        self.bind_this(dst);
        self.initialize_fields(dst);
        Ok(())
    }

    /// The constructor of a class that has none (§15.7.14 step 14): `super(...args)`,
    /// without an iteration that anybody could see.
    pub(super) fn default_super_call(&mut self, array: Register) {
        let (frame, dst) = (self.frame(), self.temporary());
        self.load_callee(frame);
        self.emit(Instruction::LoadSuperConstructor { dst: frame, function: frame });
        self.load_new_target(Register(frame.0 + 3));
        self.emit(Instruction::ConstructWithArray { frame, array, dst });
        self.bind_this(dst);
        self.initialize_fields(dst);
    }

    /// `import(…)` (§13.3.10)
    pub(super) fn import_call(&mut self, call: &ImportCall<'a>, dst: Register) -> Compiled {
        let (specifier, options) = (self.temporary(), self.temporary());
        self.value_into(call.source, specifier)?;
        match call.options {
            None => self.emit(Instruction::LoadUndefined { dst: options }),
            Some(expression) => self.value_into(expression, options)?,
        }
        self.position(call);
        self.emit(Instruction::ImportCall { dst, specifier, options });
        Ok(())
    }

    /// `` tag`t` `` (§13.3.11)
    pub(super) fn tagged_template(
        &mut self,
        template: &TaggedTemplate<'a>,
        dst: Register,
    ) -> Compiled {
        let frame = self.frame();
        self.callee(template.tag, frame)?;
        let object = self.temporary();
        let constant = self.template_object(template.quasi.quasis);
        self.emit(Instruction::GetTemplateObject { dst: object, template: constant });
        for expression in template.quasi.expressions {
            let register = self.temporary();
            self.value_into(*expression, register)?;
        }
        let arguments = template.quasi.expressions.len() as u32 + 1;
        self.position(template.quasi);
        self.named(&template.tag);
        self.emit(Instruction::Call { frame, arguments, dst });
        Ok(())
    }

    /// The texts of a template, the cooked ones first, with room for the object that is
    /// made of them when it is wanted.
    fn template_object(&mut self, quasis: &'a [TemplateElement<'a>]) -> u32 {
        let count = quasis.len() as u32 * 2;
        let texts = Gc::<Elements>::with_capacity(self.memory, count + 1);
        texts.set_length(count + 1);
        let cooked = quasis.iter().map(|quasi| quasi.cooked);
        let raw = quasis.iter().map(|quasi| Some(quasi.raw));
        for (index, text) in cooked.chain(raw).enumerate() {
            let value = text.map_or(Value::UNDEFINED, |text| Value::cell(self.text(text)));
            texts.set(self.memory, index as u32, value);
        }
        self.constant(Value::cell(texts))
    }
}
