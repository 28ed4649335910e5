import.mete;
