function f() { new.target; new new.target(); () => new.target; }
