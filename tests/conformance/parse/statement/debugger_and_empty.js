debugger; ; ;; {} {;}
