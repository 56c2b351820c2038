export { type DashboardConfig, dashboardConfig, DASHBOARD_VARIABLES } from './dashboardConfig.ts';
export { type DashboardOptions, serveDashboard } from './serveDashboard.ts';
