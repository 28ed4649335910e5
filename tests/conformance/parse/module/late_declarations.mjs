export { a, b, C }; function b() {} let a; class C {}
