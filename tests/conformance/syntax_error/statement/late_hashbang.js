a;
#!/usr/bin/env node
