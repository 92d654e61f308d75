from vehicles.models.interval import ServiceInterval
from vehicles.models.make import Make, VehicleModel
from vehicles.models.storage import Season, StorageCell, TireStore
from vehicles.models.timeline import OdometerReading, VehicleOwnership, VehiclePlate
from vehicles.models.tire_count import TireCount, TireScan
from vehicles.models.tires import TireCounter, TireMeasurement, TireMovement, TirePhoto, TireSet
from vehicles.models.vehicle import Vehicle

__all__ = [
    "Make",
    "OdometerReading",
    "Season",
    "ServiceInterval",
    "StorageCell",
    "TireCount",
    "TireCounter",
    "TireMeasurement",
    "TireMovement",
    "TirePhoto",
    "TireScan",
    "TireSet",
    "TireStore",
    "Vehicle",
    "VehicleModel",
    "VehicleOwnership",
    "VehiclePlate",
]
