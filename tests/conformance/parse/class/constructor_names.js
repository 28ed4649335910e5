class A { 'constructor'() {} } class B { ['constructor']() {} static constructor() {} } class C { static prototype_() {} *['constructor']() {} }
