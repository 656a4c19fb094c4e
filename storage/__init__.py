"""What must last: tables, migrations and list-taking queries. Imports no other package of ours."""
