class A { get() {} set() {} static() {} async() {} await() {} static get() {} get get() {} set set(v) {} static static() {} async async() {} *get() {} }
