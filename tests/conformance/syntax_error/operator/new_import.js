new import('a');
