	a ;b ﻿;　c
