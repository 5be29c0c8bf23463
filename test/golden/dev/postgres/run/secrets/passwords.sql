SET log_min_error_statement = panic;
SET log_statement = none;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'postgres') THEN ALTER ROLE postgres PASSWORD '[secret]'; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN ALTER ROLE app PASSWORD '[secret]'; END IF; END $$;
DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'monitoring') THEN ALTER ROLE monitoring PASSWORD '[secret]'; END IF; END $$;
