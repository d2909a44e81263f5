-- What lists of orders are sorted and filtered by: the promised window, the estimate, and who carries.
alter table orders
  add column window_at bigint generated always as (
    coalesce((body #>> '{dropoffWindow,latest}')::bigint, (body #>> '{dropoffWindow,earliest}')::bigint)
  ) stored,
  add column closed_at bigint generated always as ((body ->> 'closedAt')::bigint) stored;
alter table legs add column estimate_at bigint generated always as ((body #>> '{estimate,dropoff}')::bigint) stored;
-- An order without a window comes last: the largest whole number that JavaScript has.
create index orders_by_window on orders (coalesce(window_at, 9007199254740991), id collate "C");
create index legs_of_carrier on legs (carrier, order_id);
