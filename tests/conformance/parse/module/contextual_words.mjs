import from from 'from';
import as, { as as as_, from as of } from 'as';
import * as get from 'x';
import { as as from_ } from 'y';
import { type } from 'z';
