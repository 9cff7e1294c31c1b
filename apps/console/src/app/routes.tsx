import { createBrowserRouter, Navigate } from 'react-router';
import { CasePage } from '../cases/case/case-page.js';
import { RegisterPage } from '../cases/register/register-page.js';
import { CasesPage } from '../cases/list/cases-page.js';
import { CrashPage, NotFoundPage } from '../problem/message-page.js';
import { SIGNED_IN_PATH } from '../session/open-id.js';
import { SystemPage } from '../system/system-page.js';
import { Shell } from './shell.js';

export const createRouter = () =>
  createBrowserRouter([
    {
      element: <Shell />,
      errorElement: <CrashPage />,
      children: [
        {
          errorElement: <CrashPage />,
          children: [
            { index: true, element: <Navigate to="/cases" replace /> },
            { path: 'cases', element: <CasesPage /> },
            { path: 'cases/new', element: <RegisterPage /> },
            { path: 'cases/:id', element: <CasePage /> },
            { path: 'system', element: <SystemPage /> },
            { path: SIGNED_IN_PATH.slice(1), element: <Navigate to="/cases" replace /> },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
