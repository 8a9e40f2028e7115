namespace bench;

@cds.autoexpose
entity Pupils {
  key Id     : UUID;
      Name   : String(40) not null;
      Nick   : String(40);
      Grade  : Integer not null;
      Boards : Boolean not null;
      Born   : Date not null;
      Serial : Integer64 not null;
}
