-- A cancelled order gives its reference back: an import that was undone can be mended and brought in again.
alter table orders drop constraint orders_reference;
create unique index orders_reference on orders (shipper, reference) where state <> 'cancelled';
