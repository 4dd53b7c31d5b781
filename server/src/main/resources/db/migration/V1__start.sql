-- Who asks: the account of the request, or 'system' for jobs and migrations. Set once per transaction
-- by TenantTransactionManager; without it no row of a tenant's table is visible.
create function pryo_system() returns boolean language sql stable
  as $$ select coalesce(current_setting('pryo.account', true) = 'system', false) $$;
create function pryo_account() returns uuid language sql stable
  as $$ select nullif(nullif(current_setting('pryo.account', true), ''), 'system')::uuid $$;

-- accounts -------------------------------------------------------------------------------------------------
create table account (
  id            uuid primary key default uuidv7(),
  email         text not null unique,                  -- lower case, trimmed
  name          text not null,
  password_hash text,                                  -- null: signs in by a link or by Google
  google_subject text unique,                          -- Google's name for the person; null: not signed in by Google
  local_owner   boolean not null default false,        -- the person whom the printed link signs in
  created_at    timestamptz not null
);
create unique index account_local_owner on account (local_owner) where local_owner;

create table refresh_token (                           -- opaque, 256 bits, only its hash is kept
  hash       bytea primary key,
  account_id uuid not null references account on delete cascade,
  family     uuid not null,                            -- one sign-in; a spent token used again ends it
  created_at timestamptz not null,
  expires_at timestamptz not null,                     -- of the family: rotation does not prolong it
  spent_at   timestamptz
);
create index refresh_token_family on refresh_token (family);
create index refresh_token_account on refresh_token (account_id);

create table web_session (                             -- the cookie of the pages, only its hash is kept
  hash       bytea primary key,
  account_id uuid not null references account on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index web_session_account on web_session (account_id);

create table sign_in_link (                            -- one-time, printed on the terminal
  hash       bytea primary key,
  account_id uuid not null references account on delete cascade,
  expires_at timestamptz not null
);

-- projects -------------------------------------------------------------------------------------------------
create table project (
  id                 uuid primary key default uuidv7(),
  no                 bigint generated always as identity unique,   -- short name in the event tables
  name               text not null,
  host               text not null,
  url                text,
  full_name          text,
  default_branch     text,
  app_root           text,
  token_id           uuid,                             -- for which the token was encrypted, new with each
  token_sealed       bytea,                            -- repository.token, AES-256-GCM
  site_url           text,
  allowed_origins    text[] not null default '{}',
  retention_days     int not null default 395,
  monthly_budget_usd numeric,
  consent            text not null default 'ask',
  count_bots         boolean not null default false,
  model_words        boolean not null default true,    -- whether a model may put its analyses into words
  write_key          text not null unique,
  old_write_key      text unique,
  old_write_key_until timestamptz,
  user_key_secret    bytea not null,                   -- keys the 64-bit hash of its visitors' ids
  detected           jsonb,
  demo               boolean not null default false,   -- the sample shop
  created_by         uuid references account on delete set null,
  created_at         timestamptz not null
);

create table member (
  project_id uuid not null references project on delete cascade,
  account_id uuid not null references account on delete cascade,
  role       text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null,
  primary key (project_id, account_id)
);
create index member_account on member (account_id);

create table invitation (
  project_id uuid not null references project on delete cascade,
  email      text not null,
  role       text not null check (role in ('owner', 'editor', 'viewer')),
  created_at timestamptz not null,
  primary key (project_id, email)
);

-- experiments ----------------------------------------------------------------------------------------------
create table experiment (
  id                  uuid primary key default uuidv7(),
  no                  bigint generated always as identity unique,
  project_id          uuid not null references project on delete cascade,
  key                 text not null,
  name                text not null,
  description         text not null,
  hypothesis          text,
  parent_id           uuid references experiment on delete set null,
  proposal            jsonb,                           -- why iterate proposed it, with the facts it rests on
  segments            jsonb not null,                  -- [{id, key, name, description, instructions, traffic_percentage, quote}]
  goals               jsonb not null,
  plan                jsonb not null,
  exposure_percentage numeric not null default 100,
  seed                text not null unique,
  mode                text not null,
  on_harm             text not null,
  activate_on_merge   boolean not null default false,
  preview_url         text,
  base_branch         text,
  -- the stage; what each needs is checked below
  status              text not null check (status in
    ('draft', 'implementing', 'awaiting_merge', 'active', 'paused', 'finished', 'failed')),
  implementing_since  timestamptz,
  activated_at        timestamptz,
  paused_at           timestamptz,
  finished_at         timestamptz,
  error               jsonb,                           -- {code, message, retryable}
  archived_at         timestamptz,
  -- the pull request
  branch              text,
  base_commit         text,                            -- set before the first write, so that a repeated run writes the same
  head_commit         text,
  pr_number           int,
  pr_url              text,                            -- null where the host has no pages: Pryo's own then
  pr_state            text,
  pr_base             text,
  pr_conflicted       boolean not null default false,
  pr_checks           text,                            -- what the repository's own checks say of head_commit
  pr_repairs          int not null default 0,          -- how often Pryo tried to mend what they found
  pr_repair           boolean not null default false,  -- its newest commit, or the one being written, mends that
  pr_repaired         text,                            -- the commit that mends that, once there is one
  pr_conflict_files   jsonb not null default '[]',     -- where the base branch changed the same places
  closed_reason       text,
  rollout             jsonb,                           -- {segment, status, pull_request, error}
  created_by          uuid references account on delete set null,
  created_at          timestamptz not null,
  updated_at          timestamptz not null,
  unique (project_id, key),
  check (status <> 'implementing' or implementing_since is not null),
  check (status not in ('active', 'paused', 'finished') or activated_at is not null),
  check (status <> 'paused' or paused_at is not null),
  check (status <> 'finished' or finished_at is not null),
  check (status <> 'failed' or error is not null)
);
create index experiment_project on experiment (project_id, id desc);

create table experiment_key (                          -- keys are never used twice, not even after a deletion
  project_id uuid not null references project on delete cascade,
  key        text not null,
  primary key (project_id, key)
);

create table active_period (                           -- when an experiment's events count; "until" null: now
  experiment_id uuid not null references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  since         timestamptz not null,
  until         timestamptz,
  primary key (experiment_id, since)
);
create unique index active_period_open on active_period (experiment_id) where until is null;

-- long tasks as people see them; db-scheduler keeps its own table below -------------------------------------
create table job (
  id            uuid primary key default uuidv7(),
  project_id    uuid not null references project on delete cascade,
  experiment_id uuid not null references experiment on delete cascade,
  kind          text not null,
  state         text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  phase         text not null,
  progress      double precision not null,
  message       text not null,
  attempts      int not null default 0,
  checks        jsonb not null default '[]',
  created_by    uuid references account on delete set null,
  created_at    timestamptz not null,
  updated_at    timestamptz not null
);
create index job_experiment on job (experiment_id, id desc);
create unique index job_open on job (experiment_id, kind) where state in ('queued', 'running');

create table job_log (
  job_id     uuid not null references job on delete cascade,
  project_id uuid not null references project on delete cascade,
  seq        int not null,
  at         timestamptz not null,
  phase      text not null,
  kind       text not null,                            -- step, refusal, warning
  message    text not null,
  primary key (job_id, seq)
);

-- How the variants of an experiment were written. -----------------------------------------------------------
create table writing (
  experiment_id uuid primary key references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  run           int not null,                          -- which transcript counts
  job_id        uuid not null,                         -- the job that writes, or wrote last
  base_commit   text not null,                         -- what that job reads, however often it is begun
  over          boolean not null default false,        -- the run has come to an end from which it cannot go on
  model         text,                                  -- null: by rules
  commit        text,                                  -- the last commit that Pryo itself made
  entries       int not null default 0,                -- of the transcript, when that commit was made
  rounds        text[] not null default '{}',          -- JSON: why it went on behind a commit, each a commit by now
  pending       text,                                  -- the same for the one that is not yet
  pending_job   uuid,                                  -- the job for which it goes on
  added         text not null default '',              -- what Pryo has added to the pull request's description
  unproposed    text                                   -- JSON: what was written and did not pass its checks
);

-- What an experiment left in the repository, so that it can be taken out again without asking anybody. --------
create table footprint (
  experiment_id uuid primary key references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  content       bytea not null,                        -- JSON, compressed: each file before and after
  version       int not null default 1,                -- counts the writings; what is prepared belongs to one of them
  prepared      jsonb not null default '{}',           -- what came of preparing each segment, by its key
  round         int not null default 0,                -- how often a roll-out was begun; numbers its branches
  job_id        uuid,                                  -- the job that rolls it out, or did last
  base_commit   text,                                  -- what that job reads, however often it is begun
  into_branch   text,
  commit        text,                                  -- the last one that Pryo made for it, null before the first
  sending       boolean not null default false         -- whether that leaves what sends events which others count
);

-- What a pull request was told on its host, by the repository's checks or by people, and what came of it. ------
create table remark (
  id            uuid primary key default uuidv7(),
  experiment_id uuid not null references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  pr_number     int not null,
  cause         text not null check (cause in ('checks', 'comment')),
  source        text not null,                         -- the commit whose checks failed, or the comment
  about         text not null,                         -- which checks; a comment's words
  on_base       text not null default '',              -- which of the checks fail without the change too
  login         text,                                  -- who wrote the comment
  job_id        uuid,                                  -- the job that it began; null: none
  refusal       text,                                  -- why it began none; null with no job: it is nobody's business
  sign          text,                                  -- how the comment was answered
  at            timestamptz not null,
  unique (experiment_id, pr_number, cause, source)     -- each counts once
);

create table transcript (                              -- what a model was told and what it answered, turn by turn
  experiment_id uuid not null references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  run           int not null,                          -- of the writing; those of roll-outs and their preparation are below zero
  position      int not null,
  entry         text not null,                          -- JSON; jsonb could not hold every character
  at            timestamptz not null,
  primary key (experiment_id, run, position)
);

create table model_call (                              -- calls to language models, at list price
  id                  uuid primary key default uuidv7(),
  project_id          uuid references project on delete set null,
  experiment_id       uuid references experiment on delete set null,
  job_id              uuid,                            -- the job that made it; null outside of one
  purpose             text not null,
  model               text not null,
  answered            boolean not null default false,  -- before: entered at the dearest that it can be
  input_tokens        bigint not null default 0,
  cached_input_tokens bigint not null default 0,
  output_tokens       bigint not null default 0,
  cost_usd            numeric not null,
  at                  timestamptz not null
);
create index model_call_at on model_call (at, project_id);
create index model_call_experiment on model_call (experiment_id);
create index model_call_job on model_call (job_id) where job_id is not null;

create table scheduled_tasks (                         -- db-scheduler's
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures int,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

-- events ---------------------------------------------------------------------------------------------------
create table event_name (
  no         int generated always as identity primary key,
  project_no bigint not null references project (no) on delete cascade,
  name       text collate "C" not null,
  unique (project_no, name)
);

create table event (                                   -- append only
  project_no    bigint not null,                       -- no foreign key: it would be looked up for every row
  event_key     uuid not null,                         -- the id itself where it is a UUID, else 128 bits of its SHA-256
  event_id      text,                                  -- null where the id is a UUID in its usual form
  seq           bigint generated always as identity,   -- order of arrival, for listing
  user_key      bigint not null,                       -- keyed 64-bit hash of user_id
  user_id       text collate "C" not null,
  name_no       int not null,                          -- 0: $exposure
  at            timestamptz not null,                  -- the client's time, within the contract's bounds
  received_at   timestamptz not null,
  value         double precision,
  experiment_no bigint,
  segment_no    smallint,                              -- index of the segment, the control is 0; null: not exposed by it
  mismatch      boolean not null default false,        -- the client's segment is not the bucketed one
  source        smallint not null default 0,           -- 0 live, 1 preview, 2 simulated
  bot           boolean not null default false,
  properties    jsonb,
  tx            xid8 not null default pg_current_xact_id(),   -- tells whether a count has seen it: event_tx
  primary key (project_no, event_key)
);
-- What names an experiment, and the goal events of a project that name none: all that an analysis counts is in
-- one of the two, and is answered from the index alone (project_no is in both because row security asks for it).
-- Exposures are read from the events and not kept in a table of their own, because whether one counts depends on
-- the times in which the experiment was active, which are known only when it is read:
-- docs/decisions/0006-exposures-from-events.md.
create index event_exposure on event (experiment_no, source, user_key)
  include (project_no, at, segment_no, bot, mismatch, name_no, value) where experiment_no is not null;
create index event_goal on event (project_no, name_no, user_key) include (at, value, bot)
  where name_no > 0 and source = 0 and experiment_no is null;
-- What has come since a count was made, docs/decisions/0016-known-counts.md; a group's events share one entry.
create index event_tx on event (project_no, tx);
-- The two halves of an experiment's listing: events that name it, and goal events that name none.
create index event_named on event (experiment_no, source, seq) where experiment_no is not null;
create index event_unnamed on event (project_no, name_no, source, seq, user_key)
  where experiment_no is null and name_no > 0;
create index event_received on event (project_no, received_at);   -- retention; equal times share one entry
-- Retention deletes steadily: space is given back early, or the table grows by a fifth before it is used again.
alter table event set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05,
  autovacuum_vacuum_scale_factor = 0.02);

-- each version of the browser client that this installation has served: a site that pins one keeps it
create table browser_client (
  version text primary key,
  script  text not null
);

create function project_forgets_events() returns trigger language plpgsql as $$
begin
  delete from event where project_no = old.no;
  return old;
end $$;
create trigger project_forgets_events before delete on project
  for each row execute function project_forgets_events();

-- What was odd about events when they came in and stands in none of them, counted by the day.
create table noticed (
  project_no    bigint not null references project (no) on delete cascade,
  experiment_no bigint not null,                         -- that they name; 0: none
  day           date not null,
  kind          text not null,
  n             bigint not null,
  primary key (project_no, experiment_no, day, kind)
);

-- When events of a project were last deleted, whatever deleted them: what has gone leaves no other trace.
create table event_removal (
  project_no bigint not null references project (no) on delete cascade,
  source     smallint not null,
  tx         xid8 not null,
  primary key (project_no, source)
);
create function event_removed() returns trigger language plpgsql as $$
begin
  insert into event_removal (project_no, source, tx)
  select gone.project_no, gone.source, pg_current_xact_id()
    from gone join project on project.no = gone.project_no group by 1, 2 order by 1, 2
  on conflict (project_no, source) do update set tx = excluded.tx;
  return null;
end $$;
create trigger event_removed after delete on event referencing old table as gone
  for each statement execute function event_removed();

-- analyses -------------------------------------------------------------------------------------------------
create table analysis (
  id            uuid primary key default uuidv7(),
  project_id    uuid not null references project on delete cascade,
  experiment_id uuid not null references experiment on delete cascade,
  source        text not null check (source in ('live', 'simulated')),
  look          jsonb not null,                        -- all that it was made from: with it, it can be made again
  document      jsonb not null,                        -- with Pryo's own sentences
  words         text not null default 'off' check (words in ('off', 'pending', 'ready', 'failed')),
  said          jsonb,                                 -- a model's sentences in the place of those that they replace
  generated_at  timestamptz not null
);
create index analysis_experiment on analysis (experiment_id, source, id desc);

create table share_link (                              -- opens an experiment's results to whoever has it
  experiment_id uuid primary key references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  hash          bytea not null unique,                 -- of its token, which is not kept
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);

create table guarded (                                 -- when Pryo last looked at a running experiment by itself
  experiment_id uuid primary key references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  looked_at     timestamptz not null
);

create table alert (                                   -- what it found then; each kind once for an experiment
  experiment_id uuid not null references experiment on delete cascade,
  project_id    uuid not null references project on delete cascade,
  kind          text not null check (kind in ('split', 'harm', 'settled', 'planned_end', 'max_days')),
  sentence      text not null,
  paused        boolean not null,                      -- Pryo paused the experiment for it
  runs          int not null,                          -- how often it had been active: a later run ends the alert
  at            timestamptz not null,
  dismissed_at  timestamptz,
  primary key (experiment_id, kind)
);

create table receipt_key (                             -- the one key of this installation that signs receipts
  id          uuid primary key,
  only_one    boolean not null unique default true check (only_one),
  public_key  bytea not null,                          -- X.509
  private_key bytea not null,                          -- PKCS #8, encrypted with AES-256-GCM for this id
  created_at  timestamptz not null
);

-- GitHub ---------------------------------------------------------------------------------------------------
create table github_app (                              -- the one app of this installation
  id         uuid primary key,
  only_one   boolean not null unique default true check (only_one),
  number     bigint not null,
  slug       text not null,
  client_id  text not null,
  page       text not null,
  sealed     bytea not null,                           -- its secrets, AES-256-GCM for this id
  created_at timestamptz not null
);

create table github_connection (                       -- a person's own
  account_id uuid primary key references account on delete cascade,
  id         uuid not null unique,                     -- new with each connection
  kind       text not null check (kind in ('oauth', 'app')),
  person     bigint not null,                          -- their number on GitHub
  login      text not null,
  scopes     text[] not null,
  sealed     bytea not null,                           -- its tokens, AES-256-GCM for this id
  off_since  timestamptz,                              -- GitHub does not accept it any more
  created_at timestamptz not null
);
create index github_connection_person on github_connection (person);

create table github_beginning (                        -- went to GitHub and is to come back, once
  state      bytea primary key,                        -- hashes
  browser    bytea not null,
  account_id uuid not null references account on delete cascade,
  purpose    text not null,
  expires_at timestamptz not null
);

-- the second fence -----------------------------------------------------------------------------------------
-- One role owns and uses everything, so row security is forced on the owner too.
alter table project       enable row level security; alter table project       force row level security;
alter table member        enable row level security; alter table member        force row level security;
create policy member_read  on member for select using ((select pryo_system()) or account_id = (select pryo_account()));
create policy project_read on project for select using ((select pryo_system())
  or created_by = (select pryo_account())
  or id in (select project_id from member where account_id = (select pryo_account())));
create policy project_insert on project for insert
  with check ((select pryo_system()) or created_by = (select pryo_account()));
create policy project_update on project for update using ((select pryo_system())
  or id in (select project_id from member where account_id = (select pryo_account())));
create policy project_delete on project for delete using ((select pryo_system())
  or id in (select project_id from member where account_id = (select pryo_account())));
create policy member_insert on member for insert with check ((select pryo_system()));
create policy member_update on member for update using ((select pryo_system()));
create policy member_delete on member for delete using ((select pryo_system()) or account_id = (select pryo_account()));

alter table github_app        enable row level security; alter table github_app        force row level security;
alter table github_connection enable row level security; alter table github_connection force row level security;
alter table github_beginning  enable row level security; alter table github_beginning  force row level security;
create policy only_pryo on github_app        using ((select pryo_system()));
create policy only_pryo on github_connection using ((select pryo_system()));
create policy only_pryo on github_beginning  using ((select pryo_system()));

-- By membership and not by what is visible in project: that policy is an "or", for which every project of the
-- installation would be looked at.
do $$
declare name text;
begin
  foreach name in array array['invitation', 'experiment', 'experiment_key', 'active_period', 'job', 'job_log',
    'writing', 'footprint', 'remark', 'transcript', 'model_call', 'analysis', 'share_link', 'guarded', 'alert'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using ((select pryo_system()) or project_id in (
      select project_id from member where account_id = (select pryo_account())))', name);
  end loop;
  foreach name in array array['event_name', 'event', 'event_removal', 'noticed'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using ((select pryo_system()) or project_no in (
      select p.no from member m join project p on p.id = m.project_id where m.account_id = (select pryo_account())))', name);
  end loop;
end $$;
