'use strict'; "use asm"
'third'
;'no directive'
