({ __proto__: a }); ({ '__proto__': a, __proto__() {} }); ({ __proto__: a, ['__proto__']: b }); ({ __proto__, __proto__: a });
