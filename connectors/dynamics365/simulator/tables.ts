/** What a column takes. */
export interface Column {
  readonly type:
    | 'String'
    | 'Memo'
    | 'Picklist'
    | 'Decimal'
    | 'Uniqueidentifier'
    | 'DateTime'
    | 'Boolean'
    | 'State'
    | 'Status'
    | 'EntityName'
    | 'Integer';
  readonly maxLength?: number;
  readonly options?: readonly number[];
  /** False where Dataverse alone writes it. */
  readonly writable?: false;
}

export interface Table {
  readonly set: string;
  readonly name: string;
  readonly id: string;
  readonly required: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Navigation properties that can be bound, with the set that each leads to and the lookup that holds it. */
  readonly bindings: Readonly<Record<string, { readonly set: string; readonly lookup: string }>>;
  readonly key: string | null;
  /** State of each status reason. */
  readonly statuses: Readonly<Record<number, number>>;
}

const text = (maxLength: number): Column => ({ type: 'String', maxLength });
const memo = (maxLength: number): Column => ({ type: 'Memo', maxLength });
const choice = (...options: number[]): Column => ({ type: 'Picklist', options });
const own = (type: Column['type']): Column => ({ type, writable: false });

const common: Readonly<Record<string, Column>> = {
  createdon: own('DateTime'),
  modifiedon: own('DateTime'),
  _createdby_value: own('Uniqueidentifier'),
  _modifiedby_value: own('Uniqueidentifier'),
};

const stated: Readonly<Record<string, Column>> = {
  ...common,
  statecode: { type: 'State' },
  statuscode: { type: 'Status' },
  lb_externalid: text(100),
};

const active = { 1: 0, 2: 1 };

/** Columns and limits after the table reference of Dataverse; `lb_…` are the tenant's own. */
export const tables: readonly Table[] = [
  {
    set: 'incidents',
    name: 'incident',
    id: 'incidentid',
    required: ['title'],
    columns: {
      ...stated,
      incidentid: own('Uniqueidentifier'),
      title: text(200),
      description: memo(2000),
      ticketnumber: { type: 'String', maxLength: 100, writable: false },
      emailaddress: text(100),
      productserialnumber: text(100),
      prioritycode: choice(1, 2, 3),
      caseorigincode: choice(1, 2, 3, 2483, 3986, 700610000),
      casetypecode: choice(1, 2, 3),
      _customerid_value: own('Uniqueidentifier'),
      lb_melding: text(300),
      lb_meldingstype: text(200),
      lb_adres: text(100),
      lb_breedtegraad: { type: 'Decimal' },
      lb_lengtegraad: { type: 'Decimal' },
      lb_categorie: choice(100000000, 100000001, 100000002),
    },
    bindings: {
      customerid_contact: { set: 'contacts', lookup: '_customerid_value' },
      customerid_account: { set: 'accounts', lookup: '_customerid_value' },
    },
    key: 'lb_externalid',
    statuses: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 1000: 1, 6: 2, 2000: 2 },
  },
  {
    set: 'contacts',
    name: 'contact',
    id: 'contactid',
    required: [],
    columns: {
      ...stated,
      contactid: own('Uniqueidentifier'),
      firstname: text(50),
      lastname: text(50),
      emailaddress1: text(100),
      telephone1: text(50),
      mobilephone: text(50),
    },
    bindings: {},
    key: 'lb_externalid',
    statuses: active,
  },
  {
    set: 'accounts',
    name: 'account',
    id: 'accountid',
    required: ['name'],
    columns: {
      ...stated,
      accountid: own('Uniqueidentifier'),
      name: text(160),
      accountnumber: text(20),
      emailaddress1: text(100),
      telephone1: text(50),
    },
    bindings: {},
    key: 'lb_externalid',
    statuses: active,
  },
  {
    set: 'annotations',
    name: 'annotation',
    id: 'annotationid',
    required: [],
    columns: {
      ...common,
      annotationid: own('Uniqueidentifier'),
      subject: text(500),
      notetext: memo(100_000),
      filename: text(255),
      mimetype: text(256),
      documentbody: text(1_073_741_823),
      isdocument: { type: 'Boolean' },
      filesize: own('Integer'),
      objecttypecode: own('EntityName'),
      _objectid_value: own('Uniqueidentifier'),
    },
    bindings: {
      objectid_incident: { set: 'incidents', lookup: '_objectid_value' },
      objectid_contact: { set: 'contacts', lookup: '_objectid_value' },
      objectid_account: { set: 'accounts', lookup: '_objectid_value' },
    },
    key: null,
    statuses: {},
  },
  {
    set: 'organizations',
    name: 'organization',
    id: 'organizationid',
    required: [],
    columns: {
      organizationid: own('Uniqueidentifier'),
      maxuploadfilesize: own('Integer'),
      name: own('String'),
    },
    bindings: {},
    key: null,
    statuses: {},
  },
];

export const tableOf = (set: string): Table | null => tables.find((one) => one.set === set) ?? null;
