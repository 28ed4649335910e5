try {} catch ({ message, ...rest }) {} try {} catch ([a, b = 1]) {} try {} catch (e) { var e; }
