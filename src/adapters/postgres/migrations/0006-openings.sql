-- Who opened personal data, whose, when and what for: written before the content is given out, never changed.
create table openings (
  number bigint generated always as identity primary key,
  at bigint not null,
  actor text not null,
  viewer text not null,
  purpose text not null,
  kind text not null,
  subject text not null,
  owner text not null
);
create index openings_of_owner on openings (owner, number);
create index openings_of_subject on openings (subject, number);
create function openings_stand() returns trigger language plpgsql as $$
begin
  raise exception 'openings are never changed';
end $$;
create trigger openings_stand before update or delete on openings for each row execute function openings_stand();
