-- What the message was about: an item of the other side that names our message is known by it before its attempt was settled.
alter table delivery.effect add column subject text;
alter table delivery.effect add column verwerking text;
