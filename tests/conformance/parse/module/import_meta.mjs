import.meta; import.meta.url; new import.meta.a(); import.meta?.b; import('x');
