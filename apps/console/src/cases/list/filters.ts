/** The list's filters live in the address, so that a list can be linked, reloaded and gone back to; what is searched for does not (searched.ts). Names are those of the service's query. */

export const STATUSES = ['open', 'registered', 'routed', 'waiting', 'resolved', 'closed', 'all'] as const;
export const DUES = ['overdue', 'today', 'none'] as const;
export const SORTS = ['due', '-opened', 'opened'] as const;

export interface Filters {
  readonly status: (typeof STATUSES)[number];
  readonly sort: (typeof SORTS)[number];
  readonly due?: (typeof DUES)[number];
  readonly department?: string;
  readonly queue?: string;
  readonly channel?: string;
  readonly mallId?: string;
  readonly q?: string;
  readonly cursor?: string;
}

export const PAGE_SIZE = 50;

const DEFAULTS = { status: 'open', sort: 'due' } as const;
const FREE = ['department', 'queue', 'channel', 'mallId', 'cursor'] as const;
type InAddress = Exclude<keyof Filters, 'q'>;
/** Every filter but the text, in the order of the address, so that equal filters make equal addresses. */
const PLACES: Readonly<Record<InAddress, true>> = { status: true, due: true, department: true, queue: true, channel: true, mallId: true, sort: true, cursor: true };
const ORDER = Object.keys(PLACES) as readonly InAddress[];

const oneOf = <T extends string>(allowed: readonly T[], value: string | null): T | undefined => allowed.find((item) => item === value);

/** What the address does not say, or says wrongly, is the default. */
export const parseFilters = (params: URLSearchParams): Filters => {
  const due = oneOf(DUES, params.get('due'));
  const free = FREE.map((name) => [name, params.get(name)?.trim() ?? ''] as const).filter(([, value]) => value !== '');
  return {
    status: oneOf(STATUSES, params.get('status')) ?? DEFAULTS.status,
    sort: oneOf(SORTS, params.get('sort')) ?? DEFAULTS.sort,
    ...(due !== undefined && { due }),
    ...Object.fromEntries(free),
  };
};

/** The address and the words searched for; where these are lost, their page in the list is of no use either. */
export const filtersOf = (params: URLSearchParams, { q, lost }: { readonly q?: string; readonly lost: boolean }): Filters => {
  const { cursor, ...rest } = parseFilters(params);
  return { ...rest, ...(q !== undefined && { q }), ...(cursor !== undefined && !lost && { cursor }) };
};

/** The address of these filters, defaults left out; '' when all are defaults. */
export const toSearch = (filters: Filters): string => {
  const params = new URLSearchParams();
  for (const name of ORDER) {
    const value = filters[name];
    const isDefault = (name === 'status' || name === 'sort') && value === DEFAULTS[name];
    if (value !== undefined && value !== '' && !isDefault) params.set(name, value);
  }
  return params.toString() === '' ? '' : `?${params}`;
};

/** A change of any filter goes back to the first page; an empty value takes the filter away. */
export const changeFilters = (filters: Filters, change: Partial<Filters>): Filters => {
  const { cursor: _first, ...rest } = filters;
  const merged = Object.entries({ ...rest, ...change }).filter(([, value]) => value !== undefined && value !== '');
  return { ...DEFAULTS, ...Object.fromEntries(merged) };
};

export const toQuery = (filters: Filters): string => new URLSearchParams({ ...filters, limit: String(PAGE_SIZE) }).toString();

/** Facets count under the filters, on all pages, in no order. */
export const toFacetQuery = ({ cursor: _cursor, sort: _sort, ...filters }: Filters): string => new URLSearchParams({ ...filters }).toString();

/** How many filters narrow the list beside the status and the text, which have their own place on the page. */
export const countNarrowing = ({ due, department, queue, channel, mallId }: Filters): number =>
  [due, department, queue, channel, mallId].filter((value) => value !== undefined).length;
