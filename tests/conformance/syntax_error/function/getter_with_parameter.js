({ get a(b) {} });
