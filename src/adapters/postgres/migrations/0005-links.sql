-- A platform's account as its participant has linked it. The credentials are sealed by the vault's key file and are never read back to anybody.
create table links (
  participant text primary key,
  platform text not null,
  sealed_credentials bytea not null,
  base_url text,
  fallback_phone text not null,
  linked_at bigint not null,
  changed_at bigint not null,
  changed_by text not null
);
