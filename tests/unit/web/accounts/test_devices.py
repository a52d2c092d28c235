"""What a client says of its device."""

from chalicelib.domain.accounts.accounts import Device
from chalicelib.web.accounts.devices import device_of

SDK = 'MediaBrowser Client="Web", Device="Fire%20fox", DeviceId="d,1", Version="1.0", Token="t"'


def test_a_device_needs_all_four_fields() -> None:
    assert device_of({"Authorization": SDK}, legacy=False) == Device("Web", "Fire fox", "d,1", "1.0")
    assert device_of({"X-Emby-Authorization": SDK}, legacy=True) is not None
    for missing in ("Client", "Device", "DeviceId", "Version"):
        header = SDK.replace(f"{missing}=", "Other=")
        assert device_of({"Authorization": header}, legacy=False) is None
