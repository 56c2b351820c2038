export { type DashboardOptions, serveDashboard } from './serveDashboard.ts';
