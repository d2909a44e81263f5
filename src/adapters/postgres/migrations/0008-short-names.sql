-- People call an order by the last six letters of its id.
create index orders_by_end on orders ("right"(id, 6));
