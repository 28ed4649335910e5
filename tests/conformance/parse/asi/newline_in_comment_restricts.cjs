return /*
*/ a
