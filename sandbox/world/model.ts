/** Which organization the sandbox plays: its custom attributes and klasses. */
export type ModelName = 'none' | 'published' | 'huge';

/** A custom object type ("klass"). */
export interface Klass {
  name: string;
  displayName: string;
  /** `existing_only` takes no new objects but keeps those it has (docs/kustomer-api.md, Further objects). */
  status: 'enabled' | 'disabled' | 'existing_only';
  enabled: boolean;
}

/** An organization's own part of the data model. */
export interface Model {
  klasses: readonly Klass[];
  /** Names of custom attributes by metadata resource: `company`, `conversation`, `customer`, `message`, `kobject.<klass>`. */
  attributes: Readonly<Record<string, readonly string[]>>;
}

/** The model of that name. */
export function modelOf(name: ModelName): Model {
  return name === 'huge' ? hugeModel() : name === 'published' ? PUBLISHED : BARE;
}

/** No custom attributes at all, and one klass for its objects to belong to. */
const BARE: Model = {klasses: [klass('order')], attributes: {}};

function names(text: string): string[] {
  return text.trim().split(/\s+/);
}

function klass(name: string, status: Klass['status'] = 'enabled'): Klass {
  const displayName = name.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  );
  return {name, displayName, status, enabled: status === 'enabled'};
}

const CONVERSATION_ATTRIBUTES = names(`
  autoResponseAt brandStr businessAreaStr caseIdStr closeOutTree contactReasonTree deskTicketUrl issueReportTree
  newPrimaryMenuStr orderNumberId refundStatusStr returnRequestedStr returnStr rmaIdStr serialNumberStr shopifyOrderStr
  yaleCallReasonTree yaleConnectivityStr yaleFinishStr yaleModelStr yaleNotesTxt yaleResolutionStr yaleSerialNumberStr`);

const CUSTOMER_ATTRIBUTES = names(`
  acceptsMarketingBool activationDateStr appVersionStr augustIdStr augustSerialNumberStr bridgeDateInstalledAt
  bridgeSerialNumberStr connectFirmwareVersionStr connectSerialNumberStr doorbellDateInstalledAt doorbellFirmwareVersionStr
  doorbellSerialStr firmwareVersionStr keypadFirmwareVersionStr keypadInstalledAt keypadSerialStr lastAutoresponseAt
  lastOrderIdNum lastOrderNameStr latestCsatNum latestNpsNum lockDateInstalledAt lockFirmwareVersionStr lockSerialNumberStr
  ordersCountNum os00Str iOS00Str ownerGuestStr productsOwnedStr proofOfPurchaseStr purchaseDateStr salesForceIdStr
  totalSpentNum`);

const ORDER_ATTRIBUTES = names(`
  billingStatusStr orderCreatedAt orderNumberStr orderUpdatedAt purchaseAmountNum shippingAddressStr shippingCountryStr
  shippingStateStr shippingZipStr skusTxt specialInstructionsStr tagsStr totalPriceNum totalPriceStr updatedAt`);

const REVIEW_ATTRIBUTES = names('commentTxt delightedLinkStr scoreNum updatedAt verifiedBool');

/** The fields of the published tables and the klasses the customers sample points to. */
const PUBLISHED: Model = {
  klasses: [
    klass('shopify-order'),
    klass('stamped-io-review'),
    klass('loop-return'),
    klass('gift-order'),
    klass('old-survey', 'disabled'),
    klass('past-warranty', 'existing_only'),
  ],
  attributes: {
    company: names('sectorStr employeesNum renewalAt partnerBool homeUrl'),
    conversation: CONVERSATION_ATTRIBUTES,
    customer: CUSTOMER_ATTRIBUTES,
    // The published table of messages has the fields of those klasses too.
    message: [...names('templateStr campaignIdStr'), ...ORDER_ATTRIBUTES, ...REVIEW_ATTRIBUTES.slice(0, 3)],
    'kobject.shopify-order': ORDER_ATTRIBUTES,
    'kobject.stamped-io-review': REVIEW_ATTRIBUTES,
    'kobject.loop-return': names('returnStatusStr returnedAt totalPriceNum customersId updatedAt'),
    'kobject.gift-order': names('orderNumberStr giftNoteTxt totalPriceNum'),
    'kobject.old-survey': names('answerTxt'),
    'kobject.past-warranty': names('endsAt priceNum'),
  },
};

/** 300 attributes on conversations and customers, 40 klasses, names that collide once in snake_case, names beyond ASCII. */
function hugeModel(): Model {
  const suffixes = ['Str', 'Num', 'At', 'Bool', 'Txt', 'Url', 'Tree', 'Id'];
  const many = Array.from({length: 292}, (_, at) => `field${at}${suffixes[at % suffixes.length] ?? 'Str'}`);
  const awkward = [
    'orderIDStr',
    'orderIdStr',
    'order_idStr',
    'größeNum',
    '注文番号Str',
    'émojiStr',
    'ATestAt',
    'x2y2Num',
  ];
  const klasses = Array.from({length: 37}, (_, at) => klass(`klass-${at}`));
  klasses.push(klass('über-auftrag'), klass('order_item'), klass('order-item'));
  const own = klasses.map(
    ({name}) => [`kobject.${name}`, [...many.slice(0, 10), ...awkward.slice(0, 4)]] as const,
  );
  return {
    klasses,
    attributes: {
      company: awkward,
      conversation: [...many, ...awkward],
      customer: [...many, ...awkward],
      message: awkward,
      ...Object.fromEntries(own),
    },
  };
}
