undefined = 1; var NaN; Infinity; async; of; get; set; as; from; target; meta; accessor; type;
