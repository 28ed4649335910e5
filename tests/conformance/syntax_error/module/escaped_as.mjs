import * a\u0073 path from 'path';
