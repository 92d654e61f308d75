from vehicles.models.interval import ServiceInterval
from vehicles.models.make import Make, VehicleModel
from vehicles.models.timeline import OdometerReading, VehicleOwnership, VehiclePlate
from vehicles.models.vehicle import Vehicle

__all__ = [
    "Make",
    "OdometerReading",
    "ServiceInterval",
    "Vehicle",
    "VehicleModel",
    "VehicleOwnership",
    "VehiclePlate",
]
