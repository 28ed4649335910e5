class A { get; set; static; async; await; of; accessor; let; get = 1; static = 2; async = 3; static static; static async; static get; static set }
