case 1:
