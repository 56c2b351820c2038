export { type Batching, type Demand } from './demand.ts';
export { type Estimate, estimate, type Line } from './estimate.ts';
export { MEASURED } from './measured.ts';
export { PRICES, PRICES_SEEN_ON, type PriceName, type Region, REGIONS, SOURCES } from './prices.ts';
export { DASHBOARDS, ENDPOINTS, PLATFORM_CONTAINERS, stackContents } from './stackContents.ts';
export { writeUnitsPerTask } from './tableLines.ts';
