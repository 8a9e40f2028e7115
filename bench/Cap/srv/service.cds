using bench from '../db/schema';

@path: '/odata'
@requires: 'any'
service Reading {
  @readonly
  entity Pupils as projection on bench.Pupils;
}
