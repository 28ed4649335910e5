({ if: 1, class: 2, function: 3, null: 4, true: 5, new: 6 });
a.if; a.class; a.null; a.new.delete; a?.in;
