const class = 'big';
