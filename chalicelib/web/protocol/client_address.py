"""Where a request comes from."""

from chalicelib.web.protocol.request import Request


def client_address(request: Request, trusted_proxies: int) -> str:
    """Return the client's address: API Gateway's caller, or what that many proxies before it have vouched for.

    Each of them, and API Gateway, appends its caller to X-Forwarded-For; all further left anybody can write.
    """
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
    if trusted_proxies < 1 or len(hops) <= trusted_proxies:
        return request.source_address
    return hops[-1 - trusted_proxies]
