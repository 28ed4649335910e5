import a fr\u006fm 'a';
