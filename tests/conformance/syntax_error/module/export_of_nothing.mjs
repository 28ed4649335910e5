export answer;
