import { NextResponse, type NextRequest } from 'next/server';
import { sessionOf } from './session';

/** Who is not logged in goes to the login page. Before Next.js 16 this file is middleware.ts, and the function middleware. */
export async function proxy(request: NextRequest) {
  const session = await sessionOf(request.cookies);
  return session ? NextResponse.next() : NextResponse.redirect(new URL('/', request.url));
}

export const config = { matcher: '/profile' };
