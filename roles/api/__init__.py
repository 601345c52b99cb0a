"""Published roles for partners: the list, made for filtering, and each role's whole document."""

from .role import RoleDetail
from .role_list import RoleList

__all__ = ["RoleDetail", "RoleList"]
