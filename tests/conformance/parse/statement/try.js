try {} catch {} try {} catch (e) {} try {} finally {} try {} catch (e) {} finally {}
