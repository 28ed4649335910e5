class A {} (class {}); (class B {}); class C { ; ; }
